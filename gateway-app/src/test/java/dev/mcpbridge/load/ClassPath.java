package dev.mcpbridge.load;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Class paths of gateways other than ours, cut out of the one of the benchmark.
 * <p>
 * What is not named here is left out, for what merely lies on a class path is started by
 * Spring Boot, and costs.
 */
final class ClassPath {

	/** {@code spring-cloud-starter-gateway-server-webflux}, and all it brings. */
	private static final Pattern GATEWAY = Pattern.compile("""
			spring-(aop|beans|context|core|expression|security-crypto|web|webflux)\
			|spring-cloud-(commons|context|starter|gateway-server-webflux|starter-gateway-server-webflux)\
			|spring-boot(-(autoconfigure|http-client|http-codec|http-converter|jackson|netty|reactor|reactor-netty\
			|restclient|validation|web-server|webflux))?\
			|spring-boot-starter(-(jackson|logging|reactor-netty|validation|webflux))?\
			|netty-.+|reactor-(core|extra|netty-core|netty-http)|reactive-streams\
			|jackson-(annotations|core|databind)|micrometer-(commons|observation)\
			|(hibernate|jakarta\\.validation|jakarta\\.annotation)-.+|classmate|jboss-logging|tomcat-embed-el\
			|bcprov-jdk18on|commons-logging|jspecify|jul-to-slf4j|log4j-(api|to-slf4j)|logback-(classic|core)|slf4j-api\
			|snakeyaml""");

	/** What the library brings along. */
	private static final Pattern LIBRARY = Pattern.compile("""
			nimbus-jose-jwt|oauth2-oidc-sdk|content-type|lang-tag|json-smart|accessors-smart|asm|jcip-annotations\
			|caffeine|error_prone_annotations|h2-mvstore|jmustache\
			|resilience4j-(reactor|core|circuitbreaker|circularbuffer|retry|timelimiter|bulkhead)""");

	/** An actuator, and a Prometheus to read it. */
	private static final Pattern METRICS = Pattern.compile("""
			spring-boot-starter-(actuator|micrometer-metrics)\
			|spring-boot-(actuator|actuator-autoconfigure|health|micrometer-metrics|micrometer-observation)\
			|micrometer-(core|jakarta9|registry-prometheus)|prometheus-metrics-.+|HdrHistogram|context-propagation""");

	private static final Pattern VERSION = Pattern.compile("-\\d[^/]*\\.jar$");

	private static final String OURS = "gateway-filters";

	private ClassPath() {
	}

	/**
	 * Returns the class path of a gateway.
	 * @param kind which
	 * @param library our library: a jar or a directory of classes
	 * @param metrics whether it has an actuator
	 */
	static String of(ProxyKind kind, Path library, boolean metrics) {
		Predicate<String> wanted = GATEWAY.asMatchPredicate();
		Stream<String> ours = Stream.of();
		if (kind != ProxyKind.BARE) {
			wanted = wanted.or(LIBRARY.asMatchPredicate());
			ours = Stream.of(library.toAbsolutePath().toString());
		}
		Predicate<String> all = metrics ? wanted.or(METRICS.asMatchPredicate()) : wanted;
		Stream<String> jars = entries().stream()
			.filter((entry) -> all.test(VERSION.matcher(Path.of(entry).getFileName().toString()).replaceFirst("")));
		return Stream.of(Stream.of(ownClasses()), ours, jars)
			.flatMap((part) -> part)
			.collect(Collectors.joining(File.pathSeparator));
	}

	/** Finds our library as the build has just made it. */
	static Path library() {
		return entries().stream()
			.filter((entry) -> entry.contains(OURS) && !entry.contains("test"))
			.map(Path::of)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("class path: no " + OURS + " (expected: the reactor's)"));
	}

	/** The main class is among them; nothing there is found unless it is named. */
	private static String ownClasses() {
		return Path.of(URI.create(BareGateway.class.getProtectionDomain().getCodeSource().getLocation().toString()))
			.toString();
	}

	private static List<String> entries() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> Files.exists(Path.of(entry)))
			.map((entry) -> Path.of(entry).toAbsolutePath().toString())
			.toList();
	}

}
