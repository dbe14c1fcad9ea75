package dev.stele.app.web;

import dev.stele.app.support.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A page in Chromium, used as people use it: by looking, clicking and pressing keys. */
final class Page implements AutoCloseable {
    private static final Duration SCRIPTS = Duration.ofMinutes(3);

    private static final long BETWEEN_LOOKS = Duration.ofMillis(50).toNanos();

    private final ChromeDriver driver;

    private Page(ChromeDriver driver) {
        this.driver = driver;
    }

    /** A browser with one empty window; it keeps its files below a directory. */
    static Page open(Path directory) {
        var options = new ChromeOptions();
        options.setBinary(program("stele.test.chromium", "/usr/bin/chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1440,900",
                "--user-data-dir=" + directory.resolve("browser"));
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(
                                Path.of(program("stele.test.chromedriver", "/usr/bin/chromedriver"))
                                        .toFile())
                        .usingAnyFreePort()
                        .withSilent(true)
                        .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(SCRIPTS).pageLoadTimeout(SCRIPTS);
        return new Page(driver);
    }

    private static String program(String property, String usual) {
        return System.getProperty(property, usual);
    }

    // --- where it is -----------------------------------------------------------------------------

    /** Enters a home, and waits until it is connected. */
    Page enter(ServedHome home) {
        return enter(home.entrance());
    }

    Page enter(URI entrance) {
        driver.get(entrance.toString());
        return connected();
    }

    Page connected() {
        return sees(".connection.done");
    }

    Page opens(Puppet puppet) {
        script("location.hash = arguments[0]", "#/thread/" + puppet.thread());
        return sees(".head").sees("#prompt");
    }

    /** Opens another window, and works in that one from now on; gives the one before. */
    String newWindow() {
        String before = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.WINDOW);
        return before;
    }

    String window() {
        return driver.getWindowHandle();
    }

    void use(String window) {
        driver.switchTo().window(window);
    }

    /** Closes all windows but the one that is worked with. */
    void closeOthers() {
        String mine = window();
        for (String other : driver.getWindowHandles()) {
            if (!other.equals(mine)) {
                driver.switchTo().window(other).close();
            }
        }
        use(mine);
    }

    /** Closes the window that is worked with; another one has to be used then. */
    void closeThis() {
        driver.close();
    }

    void reload() {
        driver.navigate().refresh();
    }

    void back() {
        driver.navigate().back();
    }

    /** Ends the workers that windows share, as a browser does that is short of memory. */
    void killWorkers() {
        Object targets = driver.executeCdpCommand("Target.getTargets", Map.of()).get("targetInfos");
        for (Object target : (List<?>) Objects.requireNonNull(targets)) {
            if (target instanceof Map<?, ?> told && "shared_worker".equals(told.get("type"))) {
                driver.executeCdpCommand(
                        "Target.closeTarget",
                        Map.of("targetId", Objects.requireNonNull(told.get("targetId"))));
            }
        }
    }

    /** Runs a script in every document that this window loads, before those of the document. */
    void beforeScripts(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    URI address() {
        return URI.create(Objects.requireNonNull(driver.getCurrentUrl()));
    }

    void go(URI address) {
        driver.get(address.toString());
    }

    // --- looking ---------------------------------------------------------------------------------

    /** Waits until something that the selector names is there and can be seen. */
    Page sees(String selector) {
        return until(
                "there is " + selector,
                "return [...document.querySelectorAll(arguments[0])]"
                        + ".some((one) => one.checkVisibility())",
                selector);
    }

    Page seesNo(String selector) {
        return until(
                "there is no " + selector,
                "return ![...document.querySelectorAll(arguments[0])]"
                        + ".some((one) => one.checkVisibility())",
                selector);
    }

    /** Waits until a text stands in something that the selector names. */
    Page reads(String selector, String text) {
        return until(
                selector + " says “" + text + "”",
                "return [...document.querySelectorAll(arguments[0])]"
                        + ".some((one) => one.textContent.includes(arguments[1]))",
                selector,
                text);
    }

    Page until(String what, String script, Object... arguments) {
        try {
            Waiting.until(what, () -> isSo(script, arguments));
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "\nThe page says: " + text("body"), late);
        }
        return this;
    }

    /** Looks a few times a second: whoever asks all the time takes the processor from the page. */
    private boolean isSo(String script, Object... arguments) {
        boolean so = Boolean.TRUE.equals(script(script, arguments));
        if (!so) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return so;
    }

    String text(String selector) {
        return String.valueOf(
                script("return document.querySelector(arguments[0])?.innerText", selector));
    }

    long count(String selector) {
        return number("return document.querySelectorAll(arguments[0]).length", selector);
    }

    long number(String script, Object... arguments) {
        return ((Number) Objects.requireNonNull(script(script, arguments))).longValue();
    }

    @Nullable Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What an asynchronous function of the page answers; it has the arguments in {@code given}. */
    @Nullable Object answer(String body, Object... arguments) {
        return driver.executeAsyncScript(
                "const given = [...arguments];"
                        + "const done = given.pop();"
                        + "(async () => {"
                        + body
                        + "})().then(done, (wrong) => done('WRONG: ' + wrong.stack));",
                arguments);
    }

    /** What has the focus: its id, or else its name. */
    String focused() {
        return String.valueOf(
                script(
                        "const { id, name } = document.activeElement;"
                                + "return id || name || document.activeElement.tagName"));
    }

    String value(String selector) {
        return String.valueOf(
                script("return document.querySelector(arguments[0]).value", selector));
    }

    // --- doing -----------------------------------------------------------------------------------

    /** Clicks the first thing that the selector names, once it is there. */
    Page click(String selector) {
        sees(selector);
        Waiting.until("a click on " + selector, () -> isClicked(selector));
        return this;
    }

    /** What moves or is drawn anew under the pointer is tried again. */
    private boolean isClicked(String selector) {
        try {
            driver.findElement(By.cssSelector(selector)).click();
            return true;
        } catch (WebDriverException moved) {
            return false;
        }
    }

    /** Presses keys one after the other, wherever the focus is. */
    Page press(CharSequence... keys) {
        for (CharSequence key : keys) {
            new Actions(driver).sendKeys(key).perform();
        }
        return this;
    }

    /** Presses a key while another one is held. */
    Page hold(Keys held, CharSequence key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
        return this;
    }

    /** Takes the focus away from where one writes, so that keys mean what the help says. */
    Page leave() {
        script("document.activeElement.blur()");
        return this;
    }

    Page write(String selector, String text) {
        click(selector);
        return press(text);
    }

    // --- judging ---------------------------------------------------------------------------------

    /** What axe-core finds wrong, a line each. */
    List<String> obstacles() {
        script(resource("/axe.min.js"));
        Object found =
                answer(
                        """
                        const { violations } = await axe.run(document, {
                          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
                        });
                        return violations.flatMap((rule) => rule.nodes.map(
                          (node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
                        """);
        if (!(found instanceof List<?> lines)) {
            throw new AssertionError("axe-core: " + found);
        }
        return lines.stream().map(String::valueOf).toList();
    }

    /** What the browser complains of: errors of scripts, and what the page's rules forbade. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(String::valueOf)
                .filter(line -> !line.contains("net::ERR_") && !line.contains("status of"))
                .toList();
    }

    void picture(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
