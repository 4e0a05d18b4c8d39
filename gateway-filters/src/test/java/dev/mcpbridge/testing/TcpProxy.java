package dev.mcpbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before gateways as a load balancer does: each connection goes to the next
 * of them that takes it, and stays there. A test may cut what is open.
 */
public final class TcpProxy implements AutoCloseable {

	private static final int BACKLOG = 1000;

	private final ServerSocket server;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger turn = new AtomicInteger();

	private volatile List<URI> targets = List.of();

	private TcpProxy(ServerSocket server) {
		this.server = server;
	}

	/**
	 * Listens on a free port; without targets it closes each connection at once.
	 * @return the proxy
	 */
	public static TcpProxy start() {
		try {
			TcpProxy proxy = new TcpProxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
			begin("proxy", proxy::accept);
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends connections from now on to these.
	 * @param targets where they listen
	 */
	public void to(URI... targets) {
		this.targets = List.of(targets);
	}

	/**
	 * Returns where it listens.
	 * @return the URL
	 */
	public URI url() {
		return URI.create("http://localhost:" + this.server.getLocalPort());
	}

	/** Cuts every open connection, without a farewell to either side. */
	public void cut() {
		this.open.forEach(this::close);
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.open.add(client);
				begin("proxied", () -> connect(client));
			}
		}
		catch (IOException ex) {
			// closed: nobody is to be accepted any more
		}
	}

	private void connect(Socket client) {
		List<URI> targets = this.targets;
		int first = this.turn.getAndIncrement();
		for (int attempt = 0; attempt < targets.size(); attempt++) {
			URI target = targets.get(Math.floorMod(first + attempt, targets.size()));
			Socket server = new Socket();
			try {
				client.setTcpNoDelay(true);
				server.setTcpNoDelay(true);
				server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getPort()));
				this.open.add(server);
				begin("proxied", () -> copy(server, client));
				copy(client, server);
				return;
			}
			catch (IOException ex) {
				close(server);
			}
		}
		close(client);
	}

	/**
	 * One side's end is the other's: nobody speaks HTTP into a connection half closed.
	 */
	private void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// cut by us or by one of them
		}
		close(from);
		close(to);
	}

	private void close(Socket socket) {
		this.open.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void begin(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

}
