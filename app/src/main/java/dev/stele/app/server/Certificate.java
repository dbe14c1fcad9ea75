package dev.stele.app.server;

import dev.stele.app.error.SteleException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a server shows to its clients, to prove its name.
 *
 * @param shown the certificates with their keys
 */
record Certificate(SslContextFactory.Server shown) {

    /** Names and addresses of machines, as certificates number the kinds of names. */
    private static final Set<Object> KINDS = Set.of(2, 7);

    /** The one in a file. */
    static Certificate read(ServerSettings.Tls tls) {
        try {
            var shown = new SslContextFactory.Server();
            shown.setKeyStorePath(tls.keyStore().toString());
            shown.setKeyStorePassword(tls.password());
            shown.start();
            requireKey(shown.getKeyStore());
            return new Certificate(shown);
        } catch (Exception e) { // Jetty declares no less
            throw new SteleException.InvalidConfiguration(
                    "The certificate in %s cannot be used (%s). It has to be a file of the kind"
                                    .formatted(tls.keyStore(), Problem.reason(e))
                            + " PKCS #12 with a key in it, and the password has to be its own.",
                    e);
        }
    }

    /** Without one no client gets through, and nobody is told why. */
    private static void requireKey(KeyStore store) throws KeyStoreException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return;
            }
        }
        throw new KeyStoreException("there is no key in it");
    }

    private Stream<X509Certificate> all() {
        return shown.getAliases().stream().map(alias -> shown.getX509(alias).getCertificate());
    }

    /** The names that it is for. */
    List<String> names() {
        return all().flatMap(one -> alternativeNames(one).stream()).toList();
    }

    private static List<String> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> KINDS.contains(name.getFirst()))
                            .map(name -> String.valueOf(name.getLast()))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of(); // nobody is called by names that cannot be read
        }
    }

    /**
     * Why browsers will refuse it, in sentences. The command line of this machine takes it all the
     * same.
     *
     * @param host what the server is called by
     */
    List<String> warnings(String host, Instant now) {
        List<String> warnings = new ArrayList<>();
        all().forEach(one -> {
            Instant from = one.getNotBefore().toInstant();
            Instant to = one.getNotAfter().toInstant();
            if (now.isBefore(from) || now.isAfter(to)) {
                warnings.add(
                        "The certificate is valid from %s to %s, and not now: browsers refuse it."
                                .formatted(from, to));
            }
        });
        if (!isFor(host)) {
            warnings.add(
                    "The certificate is for other names than %s: browsers refuse it there."
                            .formatted(host));
        }
        return warnings;
    }

    /** As far as is easily told: one address can be written in several ways. */
    private boolean isFor(String host) {
        if (host.contains(":")) {
            return true;
        }
        String anyBeside = "*" + host.substring(Math.max(0, host.indexOf('.')));
        return names().stream()
                .anyMatch(name -> name.equalsIgnoreCase(host) || name.equalsIgnoreCase(anyBeside));
    }

    /** The SHA-256 of the one that clients see; null where there are several to choose from. */
    @Nullable String fingerprint() {
        List<X509Certificate> every = all().toList();
        if (every.size() != 1) {
            return null;
        }
        try {
            byte[] encoded = every.getFirst().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }
}
