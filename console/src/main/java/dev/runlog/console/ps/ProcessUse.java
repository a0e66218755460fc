package dev.runlog.console.ps;

import java.util.Optional;

/**
 * What a process takes of its machine.
 *
 * @param residentBytes memory that it holds, empty where the system does not tell
 * @param cpu processor time since the last look, in cores; empty at the first look
 */
record ProcessUse(Optional<Long> residentBytes, Optional<Double> cpu) {}
