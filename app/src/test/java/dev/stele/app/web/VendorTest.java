package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The libraries of others that the page is served with: all of them known, none changed. */
final class VendorTest {
    private static final String LOCK = "vendor.json";

    @Test
    void every_file_is_in_the_lock_file_with_its_hash_and_no_other_is() throws Exception {
        Map<String, String> locked = new TreeMap<>();
        for (JsonNode one : packages()) {
            one.get("files").forEach(file -> locked.put(text(file, "file"), text(file, "sha256")));
        }
        assertThat(hashes()).isEqualTo(locked).hasSizeGreaterThan(20);
    }

    @Test
    void every_package_names_version_and_a_licence_that_ships_with_it() throws Exception {
        for (JsonNode one : packages()) {
            assertThat(text(one, "version")).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(text(one, "licence")).isIn("MIT", "BSD-3-Clause", "Apache-2.0");
            assertThat(text(one, "integrity")).startsWith("sha512-");
            assertThat(one.get("files").valueStream())
                    .as(text(one, "name"))
                    .anyMatch(file -> text(file, "file").endsWith("/LICENSE"));
        }
    }

    private static JsonNode packages() throws Exception {
        return JsonMapper.shared().readTree(vendor().resolve(LOCK).toFile()).get("packages");
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static Map<String, String> hashes() throws Exception {
        var hashes = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(vendor())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(vendor().relativize(file).toString().replace('\\', '/'), hash(file));
            }
        }
        hashes.remove(LOCK);
        return hashes;
    }

    private static String hash(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] bytes = Files.readAllBytes(file);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static Path vendor() throws URISyntaxException {
        var lock = VendorTest.class.getResource("/dev/stele/app/web/vendor/" + LOCK);
        return Path.of(Objects.requireNonNull(lock).toURI()).resolveSibling("");
    }
}
