package dev.stele.domain.port;

/**
 * The room that a log takes on its disk, in bytes.
 *
 * @param taken all of it
 * @param empty the part of that which holds nothing
 * @param needed what giving the empty part back needs besides it, until it is done
 * @param free what the disk has left
 */
public record LogRoom(long taken, long empty, long needed, long free) {}
