package dev.mcpbridge.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.mcpbridge.exchange.SessionIds;
import dev.mcpbridge.secret.KeyedMark;
import dev.mcpbridge.session.Presented.Own;
import dev.mcpbridge.session.Presented.Rejected;
import dev.mcpbridge.session.SessionListener.Rejection;

/**
 * The session ids of one owner: what leaves is the upstream's id, a dot and a mark that
 * is good for this owner alone.
 *
 * @param marks makes and recognises marks
 * @param owner whose sessions they are
 * @param parameter the query parameter that has the id of a session in the old transport
 * @param listener hears of sessions that are used
 */
record OwnedIds(KeyedMark marks, String owner, String parameter, SessionListener listener) implements SessionIds {

	private static final Pattern MARKED = Pattern.compile("(?s)(.*)\\.([\\w-]{" + KeyedMark.LENGTH + "})");

	@Override
	public String handedOut(String upstream) {
		String mark = this.marks.of(this.owner, upstream);
		this.listener.used(mark);
		return upstream + '.' + mark;
	}

	/**
	 * Reads an id that came from outside.
	 * @param handedOut the id, which is said to be one of ours
	 * @return what it turns out to be
	 */
	Presented read(String handedOut) {
		Matcher marked = MARKED.matcher(handedOut);
		if (!marked.matches()) {
			return new Rejected(Rejection.UNMARKED);
		}
		Own own = new Own(marked.group(1), marked.group(2));
		return this.marks.isGood(own.mark(), this.owner, own.upstream()) ? own : new Rejected(Rejection.FOREIGN);
	}

}
