package dev.stele.app.web;

import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.openqa.selenium.Keys;

/** Draws the pictures of the page for the documentation: its only argument is their folder. */
public final class PagePictures {
    private static final String BEFORE =
            """
            package garden;

            /** Waters what is dry. */
            final class Watering {
                private final Sensors sensors;

                Watering(Sensors sensors) {
                    this.sensors = sensors;
                }

                void round() {
                    for (Bed bed : sensors.beds()) {
                        if (bed.moisture() < 30) {
                            bed.valve().open();
                        }
                    }
                }
            }
            """;
    private static final String AFTER =
            """
            package garden;

            /** Waters what is dry. */
            final class Watering {
                private final Sensors sensors;
                private final Weather weather;

                Watering(Sensors sensors, Weather weather) {
                    this.sensors = sensors;
                    this.weather = weather;
                }

                void round() {
                    for (Bed bed : sensors.beds()) {
                        if (bed.moisture() < threshold()) {
                            bed.valve().open();
                        }
                    }
                }

                /** Rain that is on its way waters for nothing. */
                private int threshold() {
                    return weather.rainWithin(12) > 4 ? 15 : 30;
                }
            }
            """;

    private final Path folder;

    private PagePictures(Path folder) {
        this.folder = folder;
    }

    /** Draws them. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("pictures");
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            new PagePictures(Files.createDirectories(Path.of(arguments[0]))).draw(home, page);
        }
    }

    private void draw(ServedHome home, Page page) throws IOException {
        home.project().write("src/garden/Watering.java", BEFORE).git("add", "--all");
        home.project().git("commit", "--quiet", "--message=Watering");
        others(home);
        Puppet puppet = home.puppet("Water less when rain is coming");
        first(home, puppet);
        second(puppet);
        page.size(1440, 940);
        page.enter(home).opens(puppet).sees(".question").sees(".point");
        settle(page, "page-approval.png");
        page.leave().press("d");
        settle(page, "page-dark.png");
        page.press("d").press("a").seesNo(".question");
        home.project().write("src/garden/Watering.java", AFTER);
        puppet.result("call-3", "Wrote src/garden/Watering.java")
                .says("The threshold now falls to 15 % when more than 4 mm are forecast.\n", "m9");
        puppet.finishes();
        page.sees(".head .state.idle").press("g", "d").sees("table.unified");
        page.press("v").sees("table.split");
        settle(page, "page-changes.png");
        page.press("g", "c").sees(".turn footer button");
        page.click(".turn:last-child footer button").reads(".plan", "Watering.java");
        settle(page, "page-restore.png");
        page.press(Keys.ESCAPE).seesNo("dialog[open]").press("g", "l").sees(".fact");
        page.press("t").sees(".travel").press("<").sees(".fact.here");
        settle(page, "page-log.png");
        page.press("t").press("?").sees("dialog[open]");
        settle(page, "page-keys.png");
        page.press(Keys.ESCAPE).opens(puppet);
        page.size(500, 900);
        settle(page, "page-narrow.png");
    }

    private static void others(ServedHome home) throws IOException {
        home.puppetIn("valves", "Why do the tests of the valves hang?").prompted("Look at it.");
        home.puppet("A plan of the beds as SVG");
        home.puppet("Rename Bed to Plot");
        Puppet asking = home.puppetIn("sensors", "Move the sensors to I²C");
        asking.prompted("Move the sensors to I²C.")
                .calls("c", ToolKind.EXECUTE, "Run ./flash --all", "{}");
        asking.asks("c", "Run ./flash --all");
    }

    private static void first(ServedHome home, Puppet puppet) throws IOException {
        puppet.prompted("Explain how watering decides, and write it down in NOTES.md.")
                .thinks("The user wants an explanation first. Let me read Watering.java.")
                .calls(
                        "call-1",
                        ToolKind.READ,
                        "Read src/garden/Watering.java",
                        "{\"path\":\"src/garden/Watering.java\"}")
                .result("call-1", BEFORE)
                .says(
                        """
                        Each **round** asks every bed for its moisture and opens the valve below 30 %:

                        ```java
                        if (bed.moisture() < 30) {   // per cent
                            bed.valve().open();
                        }
                        ```

                        | input | unit | from |
                        |---|---|---|
                        | moisture | % | `Sensors` |
                        | rain | mm | not used yet |

                        I wrote that down in `NOTES.md`.
                        """,
                        "m1");
        home.project().write("NOTES.md", "# Watering\n\nBelow 30 % the valve opens.\n");
        puppet.used(usage(18_200)).finishes();
    }

    private static void second(Puppet puppet) {
        puppet.prompted("Use the forecast: when rain is coming, water less.")
                .plans(
                        new PlanEntry("Find where the threshold is decided", "completed", null),
                        new PlanEntry(
                                "Ask the forecast for the next 12 hours", "in_progress", null),
                        new PlanEntry("Test dry, wet and unknown weather", "pending", null))
                .thinks("Weather has rainWithin(hours). The constructor needs it.")
                .calls(
                        "call-2",
                        ToolKind.SEARCH,
                        "Search “rainWithin”",
                        "{\"pattern\":\"rainWithin\"}")
                .result("call-2", "src/garden/Weather.java:14: double rainWithin(int hours)")
                .says(
                        "`Weather.rainWithin(hours)` is there already. I will lower the threshold when rain is near:",
                        "m2")
                .calls(
                        "call-3",
                        ToolKind.EDIT,
                        "Edit src/garden/Watering.java",
                        "{\"path\":\"src/garden/Watering.java\"}",
                        new ToolOutput.Diff("src/garden/Watering.java", BEFORE, AFTER))
                .used(usage(41_700));
        puppet.asks("call-3", "Edit src/garden/Watering.java");
    }

    private static TokenUsage usage(long used) {
        return new TokenUsage(
                used - 900L,
                900L,
                used / 2,
                null,
                null,
                used,
                used,
                200_000L,
                new TokenUsage.Cost(used / 250_000.0, "USD"));
    }

    /** Draws when fonts, colours of code and the connection are there. */
    private void settle(Page page, String name) throws IOException {
        page.script("document.querySelector('dialog[open]') || document.activeElement.blur()");
        page.until(
                "nothing moves",
                "return document.getAnimations().every((one) => one.effect.getTiming().iterations === Infinity)");
        page.answer("await new Promise((done) => setTimeout(done, 700));");
        page.picture(Objects.requireNonNull(folder.resolve(name)));
    }
}
