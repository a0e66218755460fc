/**
 * Typed settings from the environment, all errors at once. Start at {@link
 * dev.runlog.process.settings.SettingsReader}.
 */
@NullMarked
package dev.runlog.process.settings;

import org.jspecify.annotations.NullMarked;
