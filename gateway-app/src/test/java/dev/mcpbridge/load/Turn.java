package dev.mcpbridge.load;

/**
 * A gateway's turn at full load.
 *
 * @param proxy whose
 * @param load what came back
 * @param before what the process had used before
 * @param after and after it
 * @param allocated bytes its threads allocated meanwhile
 */
record Turn(Proxy proxy, Wrk.Load load, Usage before, Usage after, long allocated) {

	/** Lets a gateway have its turn. */
	static Turn run(Proxy proxy, Workload workload, Wrk.Tokens tokens, Wrk.How how) {
		Usage before = proxy.usage();
		long allocated = proxy.jvm().allocated();
		Wrk.Load load = Wrk.run(proxy.url(workload.query()), tokens, how);
		return new Turn(proxy, load, before, proxy.usage(), proxy.jvm().allocated() - allocated);
	}

	/** Returns processor time for each request, in microseconds. */
	double cpuMicros() {
		return this.after.cpu().minus(this.before.cpu()).toNanos() / 1e3 / this.load.requests();
	}

	/**
	 * Adds what it did where it had time.
	 * @param paced what came back at the fixed rate
	 */
	Figures with(Wrk.Load paced) {
		return new Figures(cpuMicros(), this.load.perSecond(), (double) this.allocated / this.load.requests(),
				this.after.resident() / (double) 0x100000, paced.p50() / 1e3, paced.p99() / 1e3, paced.perSecond(),
				(double) this.load.failed() + paced.failed());
	}

}
