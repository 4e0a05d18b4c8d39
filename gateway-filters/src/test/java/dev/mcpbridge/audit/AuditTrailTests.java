package dev.mcpbridge.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AuditTrailTests {

	final List<String> heard = new CopyOnWriteArrayList<>();

	final AtomicInteger dropped = new AtomicInteger();

	final AuditListener listener = new AuditListener() {

		@Override
		public void written(AuditSink.Kind sink, int count) {
			AuditTrailTests.this.heard.add("written " + sink + " " + count);
		}

		@Override
		public void failed(AuditSink.Kind sink, int count) {
			AuditTrailTests.this.heard.add("failed " + sink + " " + count);
		}

		@Override
		public void dropped() {
			AuditTrailTests.this.dropped.incrementAndGet();
		}

	};

	@Test
	void theEndWritesWhatWaits() {
		Collecting sink = new Collecting();
		AuditTrail trail = new AuditTrail(10_000, List.of(sink), this.listener);
		IntStream.range(0, 5000).mapToObj(AuditEvents::numbered).forEach(trail::add);
		trail.close();
		assertThat(sink.events).extracting(AuditEvent::millis)
			.containsExactlyElementsOf(IntStream.range(0, 5000).asLongStream().boxed().toList());
		assertThat(sink.closed).isTrue();
		assertThat(this.dropped).hasValue(0);
	}

	@Test
	void aSlowSinkHoldsNobodyUpAndWhatIsBeyondTheBufferIsCounted() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		Collecting slow = new Collecting() {
			@Override
			public void write(List<AuditEvent> written) throws IOException {
				begun.countDown();
				try {
					goOn.await();
				}
				catch (InterruptedException ex) {
					throw new IOException(ex);
				}
				super.write(written);
			}
		};
		AuditTrail trail = new AuditTrail(3, List.of(slow), this.listener);
		trail.add(AuditEvents.numbered(0));
		begun.await();
		IntStream.rangeClosed(1, 10).mapToObj(AuditEvents::numbered).forEach(trail::add);
		assertThat(this.dropped).hasValue(7);
		assertThat(trail.waiting()).isEqualTo(3);
		goOn.countDown();
		trail.close();
		assertThat(slow.events).extracting(AuditEvent::millis).containsExactly(0L, 1L, 2L, 3L);
		trail.add(AuditEvents.numbered(11));
		assertThat(this.dropped).as("after the end").hasValue(8);
	}

	@Test
	void aSinkThatFailsIsCountedAndTheOthersWriteOn() {
		Collecting sink = new Collecting();
		AuditSink failing = new AuditSink() {
			private int times;

			@Override
			public Kind kind() {
				return Kind.FILE;
			}

			@Override
			public void write(List<AuditEvent> events) throws IOException {
				if (this.times++ == 0) {
					throw new IOException("No space left on device");
				}
			}
		};
		AuditTrail trail = new AuditTrail(10, List.of(failing, sink), this.listener);
		trail.add(AuditEvents.numbered(0));
		await().until(() -> this.heard.contains("written OTHER 1"));
		trail.add(AuditEvents.numbered(1));
		trail.close();
		assertThat(this.heard).containsExactly("failed FILE 1", "written OTHER 1", "written FILE 1", "written OTHER 1");
		assertThat(sink.events).hasSize(2);
	}

	/** A sink that works. */
	static class Collecting implements AuditSink {

		final List<AuditEvent> events = new ArrayList<>();

		volatile boolean closed;

		@Override
		public Kind kind() {
			return Kind.OTHER;
		}

		@Override
		public void write(List<AuditEvent> written) throws IOException {
			this.events.addAll(written);
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
