package dev.mcpbridge.observe;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.mcpbridge.access.AccessListener;
import dev.mcpbridge.authorization.TokenEndpointListener;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.refresh.RefreshListener;
import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.request.RequestListener;
import dev.mcpbridge.session.SessionListener;
import dev.mcpbridge.stream.StreamListener;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.upstream.UpstreamListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Where several listen, each hears everything: no method of a listener is forgotten by
 * the one that stands for them all.
 */
class ListenersTests {

	static Stream<Arguments> listeners() {
		return Stream.of(several(RefreshListener.class, RefreshListener::all),
				several(GrantListener.class, GrantListener::all), several(AccessListener.class, AccessListener::all),
				several(TokenEndpointListener.class, TokenEndpointListener::all),
				several(StreamListener.class, StreamListener::all),
				several(SessionListener.class, SessionListener::all),
				several(TranslationListener.class, TranslationListener::all),
				several(RequestListener.class, RequestListener::all),
				several(UpstreamListener.class, UpstreamListener::all));
	}

	@ParameterizedTest
	@MethodSource("listeners")
	<L> void allHearEverythingInTheirOrder(Class<L> type, Function<List<L>, L> all)
			throws ReflectiveOperationException {
		List<String> heard = new ArrayList<>();
		L several = all.apply(List.of(listener(type, "first", heard), listener(type, "second", heard)));
		List<Method> methods = Arrays.stream(type.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()))
			.toList();
		assertThat(methods).isNotEmpty();
		for (Method method : methods) {
			Object[] arguments = Arrays.stream(method.getParameterTypes()).map(ListenersTests::any).toArray();
			heard.clear();
			method.invoke(several, arguments);
			String call = method.getName() + Arrays.toString(arguments);
			assertThat(heard).containsExactly("first " + call, "second " + call);
		}
	}

	private static <L> Arguments several(Class<L> type, Function<List<L>, L> all) {
		return argumentSet(type.getSimpleName(), type, all);
	}

	private static <L> L listener(Class<L> type, String name, List<String> heard) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				heard.add("%s %s%s".formatted(name, method.getName(),
						(arguments != null) ? Arrays.toString(arguments) : "[]"));
				return null;
			}));
	}

	private static Object any(Class<?> type) {
		if (type.isEnum()) {
			return type.getEnumConstants()[0];
		}
		return Stream
			.of(true, 3, "word", Duration.ofSeconds(7), OAuthError.invalidGrant("dead"),
					new RefreshOutcome.Revoked("invalid_grant"),
					MockServerWebExchange.from(MockServerHttpRequest.get("/mcp")))
			.filter((value) -> type.isInstance(value) || type == boolean.class
					|| (type == int.class && value instanceof Integer))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no value of " + type));
	}

}
