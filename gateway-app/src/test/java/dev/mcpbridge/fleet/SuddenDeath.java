package dev.mcpbridge.fleet;

import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.ObservedStore;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Ends this process at a call of its store, without a farewell to anybody.
 */
final class SuddenDeath implements BeanPostProcessor, ObservedStore.Observer {

	/** What the system says of a process that was killed. */
	static final int KILLED = 137;

	private volatile @Nullable Moment moment;

	/** Ends the process at the next call like this. */
	void at(Moment moment) {
		this.moment = moment;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof BridgeStore store) ? new ObservedStore(store, this) : bean;
	}

	@Override
	public void before(String operation, String key) {
		dieIf(Moment.Side.BEFORE, operation, key);
	}

	@Override
	public void after(String operation, String key) {
		dieIf(Moment.Side.AFTER, operation, key);
	}

	private void dieIf(Moment.Side side, String operation, String key) {
		Moment moment = this.moment;
		if (moment != null && moment.is(side, operation, key)) {
			Runtime.getRuntime().halt(KILLED);
		}
	}

}
