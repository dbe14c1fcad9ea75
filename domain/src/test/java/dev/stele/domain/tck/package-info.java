/**
 * Kits that prove adapters of the ports: samples of every value, conformance suites, and a store in
 * memory. They ship for third parties in the jar with the classifier {@code tck}.
 */
@NullMarked
package dev.stele.domain.tck;

import org.jspecify.annotations.NullMarked;
