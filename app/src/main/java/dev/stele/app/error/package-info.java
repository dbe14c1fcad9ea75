/** What goes wrong at the doors, in sentences for people. */
@NullMarked
package dev.stele.app.error;

import org.jspecify.annotations.NullMarked;
