package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.mcpbridge.limit.LimitedCalls.Asking;
import dev.mcpbridge.policy.ToolClass;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

class CallLimitsTests {

	static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void thoseBeyondTheNumberWaitInTheOrderTheyCame() {
		LimitedCalls calls = LimitedCalls.of(100, Limit.ofPerson(2));
		List<Asking> asking = calls.ask(4, "anna");
		assertThat(asking).extracting(Asking::isAdmitted).containsExactly(true, true, false, false);
		asking.get(1).end();
		assertThat(asking).extracting(Asking::isAdmitted).containsExactly(true, true, true, false);
		asking.get(0).end();
		assertThat(asking).allMatch(Asking::isAdmitted);
		assertThat(calls.heard).containsExactly("waited AT_ONCE PT0S", "waited AT_ONCE PT0S");
	}

	@Test
	void aPlaceIsGivenBackOnceHoweverOftenThatIsSaid() {
		LimitedCalls calls = LimitedCalls.of(100, Limit.ofPerson(1));
		List<Asking> asking = calls.ask(3, "anna");
		asking.get(0).end();
		asking.get(0).end();
		assertThat(asking).extracting(Asking::isAdmitted).containsExactly(true, true, false);
	}

	@Test
	void othersAreNotInTheWay() {
		LimitedCalls calls = LimitedCalls.of(0, Limit.ofPerson(1));
		calls.ask(1, "anna");
		assertThat(calls.ask("bert", "getJiraIssue").isAdmitted()).isTrue();
		assertThat(calls.ask("anna", "getJiraIssue").refusal().status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
	}

	@Test
	void whoWaitsTooLongIsToldWhenToComeBack() {
		LimitedCalls calls = LimitedCalls.of(100, Limit.ofPerson(1));
		Asking first = calls.ask("anna", "getJiraIssue");
		Asking second = calls.ask("anna", "getJiraIssue");
		calls.pass(LimitedCalls.MAX_WAIT.minusSeconds(1));
		assertThat(second.isWaiting()).isTrue();
		calls.pass(SECOND);
		assertThat(second.refusal().retryAfter()).isEqualTo(SECOND);
		assertThat(second.refusal().error().message()).contains("limit: person");
		first.end();
		assertThat(calls.ask("anna", "getJiraIssue").isAdmitted()).as("the place is free").isTrue();
		assertThat(calls.heard).containsExactly("refused AT_ONCE TOO_LONG");
	}

	@Test
	void aFullQueueRefusesAtOnce() {
		LimitedCalls calls = LimitedCalls.of(1, Limit.ofPerson(1));
		List<Asking> asking = calls.ask(3, "anna");
		assertThat(asking.get(1).isWaiting()).isTrue();
		assertThat(asking.get(2).refusal().reason()).isEqualTo("limit");
		assertThat(calls.heard).containsExactly("refused AT_ONCE QUEUE_FULL");
	}

	@Test
	void whoLeavesTheQueueTakesNoPlace() {
		LimitedCalls calls = LimitedCalls.of(100, Limit.ofPerson(1));
		List<Asking> asking = calls.ask(3, "anna");
		asking.get(1).leave();
		asking.get(0).end();
		assertThat(asking.get(2).isAdmitted()).isTrue();
		asking.get(2).end();
		assertThat(calls.ask("anna", "getJiraIssue").isAdmitted()).isTrue();
	}

	@Test
	void whoMeetsOneLimitAndNotTheOtherKeepsNothing() {
		Limit writes = new Limit("writes", Set.of(Limit.Per.PERSON), Set.of(), Set.of(ToolClass.WRITE), 1, 0, SECOND,
				0);
		LimitedCalls calls = LimitedCalls.of(0, Limit.ofPerson(2), writes);
		calls.ask("anna", "createJiraIssue");
		assertThat(calls.ask("anna", "createJiraIssue").refusal().error().message()).contains("limit: writes");
		assertThat(calls.ask("anna", "getJiraIssue").isAdmitted()).isTrue();
	}

	@Test
	void callsAreEarnedEvenlyAndSavedUpToTheBurst() {
		LimitedCalls calls = LimitedCalls.of(100, LimitedCalls.rate(60, Duration.ofMinutes(1), 2, Limit.Per.PERSON));
		List<Asking> asking = calls.ask(4, "anna");
		assertThat(asking).extracting(Asking::isAdmitted).containsExactly(true, true, false, false);
		calls.pass(SECOND);
		assertThat(asking).extracting(Asking::isAdmitted).containsExactly(true, true, true, false);
		calls.pass(SECOND);
		assertThat(asking).allMatch(Asking::isAdmitted);
	}

	@Test
	void whatWouldTakeTooLongToEarnIsNotWaitedFor() {
		LimitedCalls calls = LimitedCalls.of(100, LimitedCalls.rate(1, Duration.ofMinutes(1), 1, Limit.Per.PERSON));
		calls.ask("anna", "getJiraIssue");
		calls.pass(Duration.ofSeconds(10));
		assertThat(calls.ask("anna", "getJiraIssue").refusal().retryAfter()).isEqualTo(Duration.ofSeconds(50));
		assertThat(calls.heard).containsExactly("refused RATE TOO_LONG");
	}

	@Test
	void aBatchPaysForEachOfItsCalls() {
		LimitedCalls calls = LimitedCalls.of(100, LimitedCalls.rate(60, Duration.ofMinutes(1), 3, Limit.Per.PERSON));
		assertThat(calls.ask("anna", "getJiraIssue", "getJiraIssue").isAdmitted()).isTrue();
		Asking second = calls.ask("anna", "getJiraIssue", "getJiraIssue");
		assertThat(second.isWaiting()).isTrue();
		calls.pass(SECOND);
		assertThat(second.isAdmitted()).isTrue();
	}

	@Test
	void clientsAndToolsAreToldApartWhereALimitSaysSo() {
		LimitedCalls calls = LimitedCalls.of(0,
				LimitedCalls.rate(1, Duration.ofHours(1), 1, Limit.Per.CLIENT, Limit.Per.TOOL_CLASS));
		assertThat(calls.askAs("one", "anna").isAdmitted()).isTrue();
		assertThat(calls.askAs("two", "anna").isAdmitted()).isTrue();
		assertThat(calls.askAs("one", "bert").isAdmitted()).isFalse();
	}

	@Test
	void whoBringsNoTokenIsOnePersonWithAllTheOthers() {
		LimitedCalls calls = LimitedCalls.of(0, Limit.ofPerson(1));
		assertThat(calls.ask("", "getJiraIssue").isAdmitted()).isTrue();
		assertThat(calls.ask("", "getJiraIssue").isAdmitted()).isFalse();
	}

}
