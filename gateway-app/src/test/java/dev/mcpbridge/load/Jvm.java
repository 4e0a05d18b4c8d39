package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import org.jspecify.annotations.Nullable;

/**
 * What Java says of a process: it is attached to when it is first asked.
 */
final class Jvm implements AutoCloseable {

	private static final String TOTAL = "TotalThreadAllocatedBytes";

	private final long pid;

	private @Nullable JMXConnector connector;

	Jvm(long pid) {
		this.pid = pid;
	}

	/** Counts the bytes its threads have allocated since they were started. */
	long allocated() {
		return ask((server) -> {
			ObjectName threads = new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME);
			for (var attribute : server.getMBeanInfo(threads).getAttributes()) {
				if (attribute.getName().equals(TOTAL)) {
					return (Long) server.getAttribute(threads, TOTAL);
				}
			}
			// Before Java 21 there was no sum.
			Object ids = server.getAttribute(threads, "AllThreadIds");
			long[] bytes = (long[]) server.invoke(threads, "getThreadAllocatedBytes", new Object[] { ids },
					new String[] { long[].class.getName() });
			return Arrays.stream(bytes).filter((each) -> each > 0).sum();
		});
	}

	/** Collects garbage, and returns how many bytes of the heap are left in use. */
	long heapInUse() {
		return ask((server) -> {
			ObjectName memory = new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME);
			server.invoke(memory, "gc", new Object[0], new String[0]);
			CompositeData heap = (CompositeData) server.getAttribute(memory, "HeapMemoryUsage");
			return (Long) heap.get("used");
		});
	}

	@Override
	public void close() {
		try {
			if (this.connector != null) {
				this.connector.close();
			}
		}
		catch (IOException ex) {
			// It is about to be ended anyway.
			this.connector = null;
		}
	}

	private long ask(Question question) {
		try {
			return question.ask(connected().getMBeanServerConnection());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JMException | AttachNotSupportedException ex) {
			throw new IllegalStateException("cannot ask process " + this.pid, ex);
		}
	}

	private JMXConnector connected() throws IOException, AttachNotSupportedException {
		if (this.connector == null) {
			VirtualMachine machine = VirtualMachine.attach(Long.toString(this.pid));
			try {
				this.connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
			}
			finally {
				machine.detach();
			}
		}
		return this.connector;
	}

	/** A question and its answer, a number. */
	private interface Question {

		long ask(MBeanServerConnection server) throws JMException, IOException;

	}

}
