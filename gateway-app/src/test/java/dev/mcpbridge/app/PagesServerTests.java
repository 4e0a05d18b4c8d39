package dev.mcpbridge.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our pages can be read, heard and used by everybody; pictures of them are left in
 * {@code target/screenshots}.
 */
@EnabledIf("dev.mcpbridge.app.Chromium#isExpected")
class PagesServerTests {

	/**
	 * Lists the texts with less contrast than level AA asks for.
	 *
	 * @see <a href="https://www.w3.org/TR/WCAG22/#contrast-minimum">WCAG 2.2, 1.4.3</a>
	 */
	static final String HARD_TO_READ = """
			() => {
				const channels = (colour) => colour.match(/[0-9.]+/g).map(Number);
				const luminance = (colour) => channels(colour).slice(0, 3).map((c) => c / 255)
					.map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
					.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
				const opaque = (e) => channels(getComputedStyle(e).backgroundColor)[3] !== 0;
				const ground = (e) => !e ? 'rgb(255, 255, 255)'
					: opaque(e) ? getComputedStyle(e).backgroundColor : ground(e.parentElement);
				const hasText = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
				const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
				const texts = [...document.body.querySelectorAll('*')].filter(hasText).map((e) => ({
					text: e.textContent.trim(),
					contrast: contrast(luminance(getComputedStyle(e).color), luminance(ground(e)))
				}));
				if (texts.length < 5) throw new Error('no page');
				return texts.filter((t) => t.contrast < 4.5).map((t) => t.contrast + ' ' + t.text);
			}""";

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.of(GatewayApplication.class)
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.start();

	static final WebSite callback = WebSite.saying("<h1>You can close this window</h1>");

	static final Chromium chromium = new Chromium();

	final String consentPage = InstalledApp.register(gateway.url(), callback).authorizeUrl();

	@AfterAll
	static void stop() {
		chromium.close();
		callback.close();
		gateway.close();
		atlassian.close();
	}

	@Test
	void theConsentPageCanBeHeard() {
		Page page = chromium.window();
		page.navigate(this.consentPage);
		assertThat(page).hasTitle("Allow Test client?");
		assertThat(page.locator("html")).hasAttribute("lang", "en");
		assertThat(page.getByRole(AriaRole.MAIN)).isVisible();
		assertThat(page.getByRole(AriaRole.HEADING))
			.hasText(new String[] { "Allow “Test client” to use your Atlassian account?", "It will be able to" });
		assertThat(page.getByRole(AriaRole.LIST)).containsText("See your Jira projects, issues and comments");
		assertThat(page.getByRole(AriaRole.BUTTON)).hasText(new String[] { "Allow", "Deny" });
	}

	@Test
	void theWarningIsReadOutWithTheButtonItIsAbout() {
		Page page = chromium.window();
		page.navigate(this.consentPage);
		assertThat(Pages.button(page, "Allow")).hasAccessibleDescription(
				Pattern.compile("Check that you started this\\. The answer goes to a program on this computer\\..*"));
	}

	@Test
	void theKeyboardReachesTheChoicesInReadingOrder() {
		Page page = chromium.window();
		page.navigate(this.consentPage);
		page.keyboard().press("Tab");
		assertThat(page.getByRole(AriaRole.CHECKBOX)).isFocused();
		page.keyboard().press("Tab");
		assertThat(Pages.button(page, "Allow")).isFocused();
		page.keyboard().press("Tab");
		assertThat(Pages.button(page, "Deny")).isFocused();
		page.keyboard().press("Enter");
		assertThat(Pages.title(page)).hasText("You can close this window");
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void everyPageHasContrast(ColorScheme scheme) {
		Map<String, String> pages = Map.of("consent", this.consentPage, "home", gateway.url("/").toString(), "error",
				gateway.url("/authorize?client_id=nobody").toString());
		pages.forEach((name, url) -> {
			Page page = chromium.window(scheme);
			page.navigate(url);
			String picture = "%s-%s.png".formatted(name, scheme).toLowerCase(Locale.ROOT);
			page.screenshot(
					new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "screenshots", picture)));
			assertThat((List<?>) page.evaluate(HARD_TO_READ)).as(name).isEmpty();
		});
	}

	@Test
	void theHomePageSaysHowToConnect() {
		Page page = chromium.window();
		page.navigate(gateway.url("/").toString());
		ClientSetup setup = new ClientSetup(gateway.url("/mcp").toString());
		assertThat(Pages.title(page)).hasText("Connect your AI tool to Atlassian");
		assertThat(page.locator("#url")).hasText(setup.url());
		assertThat(page.locator("#vs-code")).hasText(setup.vsCode());
		assertThat(page.locator("#claude-code")).hasText(setup.claudeCode());
		assertThat(page.locator("#cursor")).hasText(setup.cursor());
		assertThat(chromium.complaints(page)).isEmpty();
	}

}
