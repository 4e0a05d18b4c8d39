package dev.mcpbridge.notice;

/**
 * Hears of notices that were taken from results.
 */
@FunctionalInterface
public interface NoticeListener {

	/**
	 * Notices were taken from a message.
	 * @param count how many, at least one
	 * @param told whether the client got them in a header
	 */
	void moved(int count, boolean told);

}
