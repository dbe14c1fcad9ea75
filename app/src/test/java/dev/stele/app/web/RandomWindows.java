package dev.stele.app.web;

import dev.stele.app.support.Waiting;
import dev.stele.contracts.ThreadId;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.openqa.selenium.WebDriverException;

/** Windows of one browser, and somebody who goes to and fro in them. */
final class RandomWindows {
    private static final int MOST = 5;

    private static final long BETWEEN_LOOKS = 50_000_000;

    /** Answers and locks take their time, now and then. */
    private static final String SLOW =
            """
            const slow = (most) => new Promise((later) =>
              setTimeout(later, Math.random() < 0.3 ? Math.random() * most : 0));
            const ask = globalThis.fetch;
            globalThis.fetch = async (...all) => {
              await slow(300);
              const answer = await ask(...all);
              await slow(600);
              return answer;
            };
            const { locks } = navigator;
            if (locks) {
              const request = locks.request.bind(locks);
              locks.request = async (...all) => {
                await slow(1500);
                return request(...all);
              };
            }
            """;

    /** What the server says and what is to be seen, each as a text. */
    private static final String BOTH =
            """
            const { threadState } = await import('/assets/js/views/state.js');
            const get = async (path) => {
              const answer = await fetch(path);
              return answer.ok ? answer.json() : null;
            };
            const bare = (text) => text.replace(/\\s+/g, '');
            const all = (selector, tell) => [...document.querySelectorAll(selector)].map(tell);
            const lines = (parts) => parts.flat().join('\\n');
            const id = /^#\\/thread\\/([^/?]+)/.exec(location.hash)?.[1];
            const { threads } = await get('/api/overview');
            const thread = id && await get(`/api/threads/${id}`);
            const messages = thread ? (await get(`/api/threads/${id}/messages?limit=200`)).items : [];
            const saying = ({ body }) => body.text ?? body.blocks.map((block) => block.text).join('');
            const said = messages.map(({ turnId, message }) =>
              bare(`${turnId}/${message.ordinal} ${saying(message)}`));
            const shown = all('.message', (one) =>
              bare(`${one.dataset.key} ${(one.querySelector('p.text, .markdown') ?? one).textContent}`));
            // A page begins with the newest sixty.
            const wanted = said.slice(-Math.max(shown.length, Math.min(60, said.length))).sort();
            return [
              lines(['live',
                threads.map((one) => bare(`${one.id} ${one.title} ${threadState(one.status)[1]} ${one.pending} ${one.queue}`)).sort(),
                'messages', wanted,
                'queue', thread?.queue.map((one) => bare(one.prompt[0].text)) ?? [],
                'questions', thread?.pending.map((one) => bare(one.title)) ?? [],
                id && !thread ? 'missing' : 'there']),
              lines([bare(document.querySelector('.connection').textContent),
                all('a.thread', (one) => bare([decodeURIComponent(one.hash.slice('#/thread/'.length)),
                  one.querySelector('.title').textContent, one.querySelector('.dot').title,
                  one.querySelector('.count.asking')?.textContent ?? 0,
                  one.querySelector('.count:not(.asking)')?.textContent ?? 0].join(' '))).sort(),
                'messages', shown.sort(),
                'queue', all('.queue .text', (one) => bare(one.textContent)),
                'questions', all('.question strong', (one) => bare(one.textContent)),
                document.querySelector('#transcript:not([hidden]) .edge')?.textContent.includes('no such thread')
                  ? 'missing' : 'there']),
            ];
            """;

    private final Page page;
    private final RandomAgents agents;
    private final Random random;
    private final String root;

    /** Each window, and where it was before it went elsewhere. */
    private final Map<String, String> windows = new LinkedHashMap<>();

    RandomWindows(Page page, ServedHome home, RandomAgents agents, Random random) {
        this.page = page;
        this.agents = agents;
        this.random = random;
        page.beforeScripts(SLOW);
        page.enter(home);
        this.root = home.entrance().resolve("/").toString();
        windows.put(page.window(), "");
    }

    /** Does something in one of the windows, for which a server is needed. */
    String act() {
        String window = choose();
        return switch (random.nextInt(12)) {
            case 0, 1 -> open();
            case 2 -> close(window);
            case 3 -> {
                page.reload();
                yield "reload " + window;
            }
            case 4 -> leave(window);
            case 5 -> comeBack(window);
            case 6 -> travel(window);
            case 7 -> check(window);
            default -> actWithoutServer();
        };
    }

    /** Does something for which no server is needed. */
    String actWithoutServer() {
        String window = choose();
        if (random.nextInt(4) == 0) {
            page.killWorkers();
            return "kill the worker";
        }
        if (isElsewhere(window)) {
            return "nothing";
        }
        ThreadId thread = agents.thread();
        page.script("location.hash = arguments[0]", hash(thread));
        return "go in " + window + " to " + thread;
    }

    private boolean isElsewhere(String window) {
        return !Objects.requireNonNull(windows.get(window)).isEmpty();
    }

    private String choose() {
        String window = List.copyOf(windows.keySet()).get(random.nextInt(windows.size()));
        page.use(window);
        return window;
    }

    private String open() {
        if (windows.size() >= MOST) {
            return "nothing";
        }
        page.newWindow();
        page.beforeScripts(SLOW);
        page.go(URI.create(root + hash(agents.thread())));
        windows.put(page.window(), "");
        return "open " + page.window();
    }

    private static String hash(ThreadId thread) {
        return "#/thread/" + thread.value();
    }

    private String close(String window) {
        if (windows.size() < 2) {
            return "nothing";
        }
        page.closeThis();
        windows.remove(window);
        choose();
        return "close " + window;
    }

    private String leave(String window) {
        if (isElsewhere(window)) {
            return comeBack(window);
        }
        windows.put(window, page.address().toString());
        page.go(URI.create("about:blank"));
        return "leave " + window;
    }

    private String comeBack(String window) {
        String before = Objects.requireNonNull(windows.get(window));
        if (before.isEmpty()) {
            return "nothing";
        }
        windows.put(window, "");
        if (random.nextBoolean()) {
            page.back();
        } else {
            page.go(URI.create(before));
        }
        return "come back " + window;
    }

    /** To the past, or from there to now. */
    private String travel(String window) {
        Object told =
                page.script(
                        """
                        const back = document.querySelector('.travel .primary');
                        const past = document.querySelector('.bar button[aria-pressed]');
                        (back ?? past)?.click();
                        const slider = document.querySelector('#time');
                        if (back || !slider) return 'now';
                        slider.value = Math.ceil(Number(slider.max) * arguments[0]);
                        slider.dispatchEvent(new Event('input', { bubbles: true }));
                        return 'past';
                        """,
                        random.nextDouble());
        return "travel in " + window + ": " + told;
    }

    /** Waits until a window shows what the server says. */
    private String check(String window) {
        if (isElsewhere(window)) {
            comeBack(window);
        }
        page.script("document.querySelector('.travel .primary')?.click()");
        var seen = new ArrayList<Object>(List.of("nothing yet"));
        try {
            Waiting.until("window " + window + " shows what the server says", () -> isRight(seen));
        } catch (AssertionError wrong) {
            throw new AssertionError(wrong.getMessage() + "\n" + seen.getFirst(), wrong);
        }
        return "check " + window;
    }

    private boolean isRight(List<Object> seen) {
        try {
            Object both = page.answer(BOTH);
            if (both instanceof List<?> two && two.size() == 2) {
                seen.set(0, "The server says:\n" + two.get(0) + "\nThe page shows:\n" + two.get(1));
                if (two.get(0).equals(two.get(1))) {
                    return true;
                }
            } else {
                seen.set(0, String.valueOf(both));
            }
        } catch (WebDriverException loading) {
            seen.set(0, String.valueOf(loading.getMessage()));
        }
        LockSupport.parkNanos(BETWEEN_LOOKS);
        return false;
    }

    /** Waits until every window shows what the server says. */
    void checkAll() {
        for (String window : List.copyOf(windows.keySet())) {
            page.use(window);
            check(window);
        }
    }
}
