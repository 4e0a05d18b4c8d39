package dev.mcpbridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferUtils;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms of the house, and what is not done in any of them.
 */
class ArchitectureTests {

	static final String BASE = "dev.mcpbridge";

	static final JavaClasses house = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.withImportOption((location) -> location.contains("/gateway-filters/"))
		.importPackages(BASE);

	/** Each room, and the rooms it may know. */
	static final Map<String, Set<String>> ROOMS = Map.ofEntries(Map.entry("oauth", Set.of()),
			Map.entry("secret", Set.of()), Map.entry("store", Set.of("secret")),
			Map.entry("upstream", Set.of("oauth", "secret")), Map.entry("exchange", Set.of("oauth")),
			Map.entry("grant", Set.of("oauth", "secret", "store", "upstream")), Map.entry("relay", Set.of("secret")),
			Map.entry("message", Set.of("exchange")), Map.entry("headers", Set.of("exchange", "message")),
			Map.entry("request", Set.of("exchange", "message")),
			Map.entry("session", Set.of("exchange", "secret", "message")),
			Map.entry("stream", Set.of("exchange", "message")),
			Map.entry("translation", Set.of("exchange", "message", "relay")),
			Map.entry("refresh", Set.of("grant", "upstream", "store", "oauth", "secret")),
			// the issuer wraps the tokens a grant owns
			Map.entry("bridge", Set.of("grant", "upstream", "oauth", "secret")),
			// the gate finds the grant behind a token, and hands its upstream token on
			Map.entry("access", Set.of("exchange", "bridge", "refresh", "grant", "upstream", "oauth", "secret")),
			Map.entry("authorization",
					Set.of("exchange", "bridge", "refresh", "grant", "upstream", "store", "oauth", "secret")),
			Map.entry("policy", Set.of("exchange", "message", "oauth", "secret")),
			Map.entry("record", Set.of("exchange", "message", "secret")),
			Map.entry("audit", Set.of("policy", "request", "exchange", "secret")),
			Map.entry("catalogue", Set.of("policy", "message", "store", "secret")),
			Map.entry("limit", Set.of("policy", "message", "exchange", "store", "secret")),
			Map.entry("notice", Set.of("policy", "exchange")),
			Map.entry("observe",
					Set.of("exchange", "access", "authorization", "refresh", "grant", "stream", "session",
							"translation", "store", "oauth", "message", "request", "relay", "upstream", "policy",
							"record", "audit", "catalogue", "limit", "notice")),
			Map.entry("doctor", Set.of("upstream", "store", "oauth", "secret", "catalogue")), Map.entry("",
					Set.of("exchange", "access", "headers", "stream", "session", "translation", "policy", "record")));

	/** A line of the table in CONTRIBUTING.md: level, room, sentence, rooms. */
	static final Pattern ROW = Pattern.compile("(?m)^\\| \\d \\| (?:`(\\w+)`|root) \\|[^|]+\\| ([^|]+) \\|$");

	/** Who may put a secret on the wire, or look into one. */
	static final Set<String> REVEALING = Set.of("access.PresentingRequest", "authorization.TokenResponse",
			"authorization.RegistrationEndpoint", "authorization.UpstreamLogins", "bridge.TrustedBridgeTokens",
			"bridge.TrustedIssuer", "grant.Pseudonym", "secret.SecretModule$Writer", "upstream.ClientProof",
			"upstream.UpstreamRevocation", "upstream.UpstreamTokenEndpoint");

	@Test
	void roomsKnowOnlyTheRoomsBelow() {
		Set<String> arrows = new TreeSet<>();
		for (JavaClass type : house) {
			String from = roomOf(type);
			type.getDirectDependenciesFromSelf()
				.stream()
				.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
				.filter((target) -> target.getPackageName().startsWith(BASE))
				.filter((target) -> !isAllowed(from, roomOf(target)))
				.forEach((target) -> arrows.add("%s -> %s".formatted(type.getName(), target.getName())));
		}
		assertThat(arrows).isEmpty();
	}

	@Test
	void everyRoomIsInTheTable() {
		Set<String> rooms = house.stream().map(ArchitectureTests::roomOf).collect(Collectors.toSet());
		assertThat(rooms).isEqualTo(withAutoconfigure());
	}

	@Test
	void theTableIsTheOneContributorsRead() throws IOException {
		Map<String, Set<String>> table = new TreeMap<>();
		ROW.matcher(Files.readString(Path.of("../CONTRIBUTING.md")))
			.results()
			.forEach((row) -> table.put(Objects.requireNonNullElse(row.group(1), ""),
					Set.of(row.group(2).replace("–", "").split(", "))));
		assertThat(table.remove("autoconfigure")).containsExactly("all");
		table.values().removeIf(Set.of("")::equals);
		Map<String, Set<String>> rule = new TreeMap<>(ROOMS);
		rule.values().removeIf(Set::isEmpty);
		assertThat(table).isEqualTo(rule);
	}

	@Test
	void noRoomLeadsBackToItself() {
		slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(house);
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<String> marked = house.stream()
			.filter((type) -> type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NullMarked.class))
			.map(JavaClass::getPackageName)
			.collect(Collectors.toSet());
		Set<String> packages = house.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
		assertThat(packages).isNotEmpty().isSubsetOf(marked);
	}

	@Test
	void bootIsKnownInAutoconfigureOnly() {
		noClasses().that()
			.resideOutsideOfPackage(BASE + ".autoconfigure..")
			.should()
			.dependOnClassesThat(resideInAnyPackage("org.springframework.boot..")
				.and(DescribedPredicate.not(resideInAnyPackage("org.springframework.boot.context.properties.bind..",
						"org.springframework.boot.context.properties.source.."))))
			.check(house);
		noClasses().that()
			.resideOutsideOfPackages(BASE + ".autoconfigure..", BASE + ".exchange..")
			.and()
			.haveSimpleNameNotEndingWith("Config")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.check(house);
	}

	@Test
	void resilience4jStandsBeforeWhatIsFarAway() {
		noClasses().that()
			.resideOutsideOfPackages(BASE + ".upstream..", BASE + ".store..", BASE + ".relay..",
					BASE + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.github.resilience4j..")
			.check(house);
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.github.resilience4j.springboot..", "io.github.resilience4j.spring6..",
					"io.github.resilience4j.common..")
			.check(house);
	}

	@Test
	void redisIsKnownWhereReplicasShareSomething() {
		noClasses().that()
			.resideOutsideOfPackages(BASE + ".store.redis..", BASE + ".relay.redis..", BASE + ".doctor.redis..",
					BASE + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.data..", "io.lettuce..")
			.check(house);
	}

	@Test
	void micrometerIsKnownInObserveOnly() {
		noClasses().that()
			.resideOutsideOfPackages(BASE + ".observe..", BASE + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer..")
			.check(house);
	}

	@Test
	void filtersAreFinalAndTheirArgumentsARecord() {
		classes().that()
			.areAssignableTo(McpFilterFactory.class)
			.and()
			.doNotBelongToAnyOf(McpFilterFactory.class)
			.should()
			.haveModifier(JavaModifier.FINAL)
			.andShould(haveARecordOfArguments())
			.check(house);
	}

	@Test
	void everyFilterHasAPage() {
		Set<Path> pages = house.stream()
			.filter((type) -> type.isAssignableTo(McpFilterFactory.class)
					&& !type.isEquivalentTo(McpFilterFactory.class))
			.map((type) -> Path.of("docs/filters", type.getSimpleName().replace("GatewayFilterFactory", "") + ".md"))
			.collect(Collectors.toSet());
		assertThat(pages).hasSizeGreaterThan(5).allMatch(Files::isRegularFile);
	}

	@Test
	void nobodyBlocks() {
		forbid(target(owner(assignableTo(Mono.class).or(assignableTo(Flux.class))))
			.and(target(nameMatching("block.*"))));
		forbid(target(owner(assignableTo(Mono.class))).and(target(nameMatching("toFuture|share"))));
		forbid(target(owner(assignableTo(Flux.class))).and(target(nameMatching("toIterable|toStream"))));
		forbid(target(owner(assignableTo(Thread.class))).and(target(name("sleep"))));
	}

	@Test
	void timeComesFromAClock() {
		forbid(target(owner(assignableTo(Instant.class))).and(target(name("now"))));
		forbid(target(owner(assignableTo(System.class))).and(target(name("currentTimeMillis"))));
		noClasses().should()
			.callMethodWhere(target(nameMatching("now")).and(target(owner(resideInAnyPackage("java.time.."))))
				.and(DescribedPredicate.describe("without an argument",
						(call) -> call.getTarget().getRawParameterTypes().isEmpty())))
			.check(house);
	}

	@Test
	void noBodyIsJoinedWithoutABound() {
		noClasses().should()
			.callMethodWhere(target(owner(assignableTo(DataBufferUtils.class))).and(target(name("join")))
				.and(DescribedPredicate.describe("without a bound",
						(call) -> call.getTarget().getRawParameterTypes().size() == 1)))
			.check(house);
	}

	@Test
	void onlyAFlightIsSubscribedTo() {
		noClasses().that()
			.doNotHaveFullyQualifiedName(BASE + ".refresh.Refreshes")
			.and()
			.doNotHaveFullyQualifiedName(BASE + ".translation.Flights")
			.should()
			.callMethodWhere(
					target(owner(assignableTo(Mono.class).or(assignableTo(Flux.class)))).and(target(name("subscribe")))
						.and(DescribedPredicate.describe("without a subscriber of its own",
								(call) -> !isForwarding(call.getTarget()))))
			.check(house);
	}

	@Test
	void secretsAreRevealedWhereItIsListed() {
		Set<String> callers = house.get(Secret.class)
			.getMethod("reveal")
			.getAccessesToSelf()
			.stream()
			.map((access) -> access.getOriginOwner().getName().substring(BASE.length() + 1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(callers).containsExactlyInAnyOrderElementsOf(REVEALING);
	}

	private static void forbid(DescribedPredicate<? super JavaCall<?>> call) {
		noClasses().should().callCodeUnitWhere(call).check(house);
	}

	/** A publisher of ours hands its own subscriber on. */
	private static boolean isForwarding(AccessTarget target) {
		return target instanceof AccessTarget.MethodCallTarget method
				&& method.getRawParameterTypes().stream().anyMatch((type) -> type.getName().endsWith("Subscriber"));
	}

	private static ArchCondition<JavaClass> haveARecordOfArguments() {
		return new ArchCondition<>("have a record Config") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean satisfied = house.stream()
					.anyMatch((candidate) -> candidate.getName().equals(type.getName() + "$Config")
							&& candidate.isAssignableTo(Record.class));
				events.add(new SimpleConditionEvent(type, satisfied,
						type.getName() + " has a record Config: " + satisfied));
			}
		};
	}

	private static boolean isAllowed(String from, String to) {
		return from.equals(to) || from.equals("autoconfigure") || ROOMS.getOrDefault(from, Set.of()).contains(to);
	}

	private static Set<String> withAutoconfigure() {
		Set<String> rooms = new TreeSet<>(ROOMS.keySet());
		rooms.add("autoconfigure");
		return rooms;
	}

	private static String roomOf(JavaClass type) {
		String below = type.getPackageName().substring(BASE.length());
		return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
	}

}
