package dev.stele.app.config;

import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows to be let in by the server of a home: 256 random bits, in the home's file
 * {@code server.token}, which only its owner can read. It stays the same from start to start, so
 * that a page that is open finds its server again; who wants another one deletes the file.
 *
 * @param value as it goes over the wire, safe in addresses and cookies
 */
public record ServerToken(String value) {
    private static final String FILE = "server.token";
    private static final int BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /**
     * {@return the token of a home, made when there is none yet}
     *
     * @param home the home; its directory is there
     * @throws SteleException.InvalidHome when its file cannot be read or written
     */
    public static ServerToken of(SteleHome home) {
        Path file = home.root().resolve(FILE);
        try {
            String kept = OwnerFile.isOwn(file) ? read(file) : null;
            if (kept != null && SHAPE.matcher(kept).matches()) {
                return new ServerToken(kept);
            }
            ServerToken made = random();
            OwnerFile.write(file, made.value.getBytes(StandardCharsets.US_ASCII));
            return made;
        } catch (IOException e) {
            throw new SteleException.InvalidHome(
                    "The file %s cannot be used (%s); make it readable and writable for you."
                            .formatted(file, e),
                    e);
        }
    }

    private static @Nullable String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static ServerToken random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ServerToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * {@return whether it is the same} It takes as long whatever is shown.
     *
     * @param shown what a client has shown
     */
    public boolean is(String shown) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return what only somebody can say who has the token} A client asks for it before it shows
     * the token: after a server has died, another program may listen in its place.
     *
     * @param nonce any text, another one each time
     */
    public String proof(String nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] proof = mac.doFinal(nonce.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(proof);
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "ServerToken"; // never in a log file
    }
}
