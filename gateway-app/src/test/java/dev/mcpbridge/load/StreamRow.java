package dev.mcpbridge.load;

/**
 * What idle streams cost a gateway.
 *
 * @param workload what people did
 * @param proxy the gateway's name
 * @param streams how many they opened
 * @param lost how many of them were not open at the end
 * @param heapEach bytes of the heap for each, after a collection
 * @param residentEach bytes of memory for each, as Linux counts
 * @param residentMiB memory with all of them open, in MiB
 * @param heartbeats whether each of them heard a heartbeat: {@code heard},
 * {@code missed}, or {@code none} where there are none
 */
record StreamRow(String workload, String proxy, int streams, int lost, double heapEach, double residentEach,
		double residentMiB, String heartbeats) {

}
