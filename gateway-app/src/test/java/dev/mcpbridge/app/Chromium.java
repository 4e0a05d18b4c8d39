package dev.mcpbridge.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;

/**
 * A real browser. Whatever a page complains of, a blocked form among it, is kept.
 */
final class Chromium implements AutoCloseable {

	private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

	private final Map<Page, List<String>> complaints = new IdentityHashMap<>();

	private final Playwright playwright = Playwright
		.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

	private final Browser browser = this.playwright.chromium()
		.launch(new BrowserType.LaunchOptions().setExecutablePath(EXECUTABLE)
			.setHeadless(true)
			.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
					"--disable-background-networking", "--disable-component-update", "--disable-sync")));

	/** Where nobody would see that they were skipped, tests fail without a browser. */
	static boolean isExpected() {
		return "true".equals(System.getenv("CI")) || Files.isExecutable(EXECUTABLE);
	}

	/** Opens a browser window with cookies of its own. */
	Page window() {
		return window(new Browser.NewContextOptions());
	}

	Page windowWithoutJavaScript() {
		return window(new Browser.NewContextOptions().setJavaScriptEnabled(false));
	}

	Page window(ColorScheme scheme) {
		return window(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(900, 1000));
	}

	private Page window(Browser.NewContextOptions options) {
		BrowserContext context = this.browser.newContext(options);
		context.setDefaultTimeout(20_000);
		Page page = context.newPage();
		List<String> heard = new ArrayList<>();
		this.complaints.put(page, heard);
		page.onConsoleMessage((message) -> {
			if (message.type().equals("error") && !message.location().contains("/favicon.ico")) {
				heard.add(message.text());
			}
		});
		return page;
	}

	/** Returns what was wrong in a window. */
	List<String> complaints(Page page) {
		return this.complaints.getOrDefault(page, List.of());
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
