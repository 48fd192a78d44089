/** Chunks are 4 MiB; the entries of the chunk tree are their SHA-256 digests (RFC 6962 over 32-byte entries). */
export const CHUNK_BYTES = 4 * 1024 * 1024
