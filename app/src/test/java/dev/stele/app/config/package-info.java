/** Tests of where things are kept and what can be set. */
@NullMarked
package dev.stele.app.config;

import org.jspecify.annotations.NullMarked;
