package dev.mcpbridge.access;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBuffer;

/**
 * The pieces of a body up to a limit: all of them, or none. Not safe for several threads.
 */
final class KeptPieces {

	/** Smaller pieces are copied, since each would hold a whole receive buffer. */
	private static final int WORTH_SHARING = 1024;

	/**
	 * Pieces cost more than their bytes; nobody sends many that are smaller than this.
	 */
	private static final int SMALLEST_PIECE = 256;

	private static final int FEW_PIECES = 16;

	private final List<DataBuffer> pieces = new ArrayList<>();

	private final DataBufferFactory factory;

	private final long limit;

	private long size;

	private boolean whole = true;

	/**
	 * Begins with nothing.
	 * @param factory makes buffers of the kind the server uses
	 * @param limit how many bytes are kept at most
	 */
	KeptPieces(DataBufferFactory factory, long limit) {
		this.factory = factory;
		this.limit = limit;
	}

	/** Tells whether every piece there was is kept. */
	boolean areWhole() {
		return this.whole;
	}

	/** Returns how many pieces are kept. */
	int count() {
		return this.pieces.size();
	}

	/** Keeps a piece, which stays the caller's, or lets go of all if it is too much. */
	void add(DataBuffer piece) {
		this.size += piece.readableByteCount();
		if (!this.whole || this.size > this.limit || count() >= FEW_PIECES + this.limit / SMALLEST_PIECE) {
			forget();
		}
		else {
			this.pieces.add(again(piece));
		}
	}

	/** Returns all pieces, to be read and released by the caller. */
	List<DataBuffer> again() {
		return this.pieces.stream().map(this::again).toList();
	}

	/** Keeps nothing any more. */
	void forget() {
		this.whole = false;
		this.pieces.forEach(DataBufferUtils::release);
		this.pieces.clear();
	}

	/** Returns a buffer of the same bytes that is read and released on its own. */
	private DataBuffer again(DataBuffer buffer) {
		int length = buffer.readableByteCount();
		if (buffer instanceof NettyDataBuffer netty && length >= WORTH_SHARING) {
			return netty.factory().wrap(netty.getNativeBuffer().retainedDuplicate());
		}
		ByteBuffer copy = ByteBuffer.allocate(length);
		buffer.toByteBuffer(copy);
		return this.factory.wrap(copy);
	}

}
