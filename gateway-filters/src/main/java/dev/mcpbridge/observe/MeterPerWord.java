package dev.mcpbridge.observe;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * One meter for each word of a closed set. All are there from the start, so that a rate
 * sees the first event, and there are no others.
 *
 * @param <E> the words
 * @param <M> the meters
 */
final class MeterPerWord<E extends Enum<E>, M> {

	private final Map<E, M> meters;

	private MeterPerWord(Map<E, M> meters) {
		this.meters = meters;
	}

	/**
	 * Makes the meters of all words.
	 * @param words the words
	 * @param meter makes the meter of a word
	 * @return the meters
	 */
	static <E extends Enum<E>, M> MeterPerWord<E, M> of(Class<E> words, Function<E, M> meter) {
		return of(EnumSet.allOf(words), meter);
	}

	/**
	 * Makes the meters of some words.
	 * @param words the words, at least one
	 * @param meter makes the meter of a word
	 * @return the meters
	 */
	static <E extends Enum<E>, M> MeterPerWord<E, M> of(Set<E> words, Function<E, M> meter) {
		return new MeterPerWord<>(words.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), meter)));
	}

	/**
	 * Makes the counters of all words.
	 * @param words the words
	 * @param registry where they are published
	 * @param name their name
	 * @param description what they count
	 * @param tag the tag that has the word
	 * @param more other tags and their values, the same for all
	 * @return the counters
	 */
	static <E extends Enum<E>> MeterPerWord<E, Counter> counters(Class<E> words, MeterRegistry registry, String name,
			String description, String tag, String... more) {
		return of(words,
				(word) -> Counter.builder(name)
					.description(description)
					.tags(more)
					.tag(tag, value(word))
					.register(registry));
	}

	/**
	 * Returns a meter.
	 * @param word one of the words
	 * @return its meter
	 */
	M of(E word) {
		return Objects.requireNonNull(this.meters.get(word));
	}

	/**
	 * Writes a word as the value of a tag.
	 * @param word the word
	 * @return the value
	 */
	static String value(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds the word of which something is the value.
	 * @param value the value
	 * @param other the word for what is none
	 * @return the word
	 */
	static <E extends Enum<E>> E word(String value, E other) {
		return EnumSet.allOf(other.getDeclaringClass())
			.stream()
			.filter((word) -> value(word).equals(value))
			.findFirst()
			.orElse(other);
	}

}
