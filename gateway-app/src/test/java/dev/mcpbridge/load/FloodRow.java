package dev.mcpbridge.load;

/**
 * What a flood of made-up tokens does to a gateway.
 *
 * @param proxy the gateway's name
 * @param alone good requests a second without it
 * @param beside good requests a second beside it
 * @param forged made-up ones a second meanwhile
 * @param goodMicros processor time of a good request, in microseconds
 * @param forgedMicros processor time of a made-up one, in microseconds
 * @param failed good requests that were refused
 */
record FloodRow(String proxy, double alone, double beside, double forged, double goodMicros, double forgedMicros,
		double failed) {

	/** Returns the part of the good requests that is lost. */
	double fall() {
		return 1 - this.beside / this.alone;
	}

	/** Returns the part of the processor that the flood takes, by what each costs. */
	double share() {
		double good = this.beside * this.goodMicros;
		double bad = this.forged * this.forgedMicros;
		return bad / (good + bad);
	}

}
