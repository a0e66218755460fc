/**
 * The jars of builds, kept beside the database. Start at {@link
 * dev.runlog.process.artifact.Artifacts}.
 */
@NullMarked
package dev.runlog.process.artifact;

import org.jspecify.annotations.NullMarked;
