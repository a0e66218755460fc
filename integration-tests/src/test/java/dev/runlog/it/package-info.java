/** The proofs that need the whole: real JVMs, real HTTP, kill -9. */
@NullMarked
package dev.runlog.it;

import org.jspecify.annotations.NullMarked;
