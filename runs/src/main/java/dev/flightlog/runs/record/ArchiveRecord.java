package dev.flightlog.runs.record;

/**
 * An archive that was made of a run.
 *
 * @param name of its file, in the folder of the run
 * @param size in bytes
 * @param sha256 of the file, in lower-case hexadecimal digits
 */
public record ArchiveRecord(String name, long size, String sha256) {}
