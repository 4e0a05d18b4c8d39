package dev.mcpbridge.load;

/**
 * What a gateway costs once there is so much of something.
 *
 * @param growth of what
 * @param proxy the gateway's name
 * @param number how much of it
 * @param cpuMicros processor time for a request of one of a hundred people, in
 * microseconds
 * @param heapMiB the heap after a collection, in MiB
 * @param residentMiB memory as Linux counts, in MiB
 * @param storeMiB the file of the store, in MiB
 * @param failed answers that were not 2xx, or were none
 */
record GrowthRow(String growth, String proxy, int number, double cpuMicros, double heapMiB, double residentMiB,
		double storeMiB, long failed) {

}
