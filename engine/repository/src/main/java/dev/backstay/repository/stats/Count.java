package dev.backstay.repository.stats;

/// What restic's `stats` counts in one mode.
///
/// @param mode which
/// @param snapshots how many were looked at
/// @param bytes restic's `total_size`
/// @param files restic's `total_file_count`; 0 for raw data
/// @param blobs restic's `total_blob_count`; 0 where it counts none
/// @param uncompressed restic's `total_uncompressed_size`, of raw data
/// @param compressed sealed bytes of the blobs that are compressed, of raw data
/// @param compressedPlain the same before they were compressed
public record Count(
    CountMode mode,
    long snapshots,
    long bytes,
    long files,
    long blobs,
    long uncompressed,
    long compressed,
    long compressedPlain) {

  /// restic's `compression_ratio`: of the blobs that are compressed; 0 if none is.
  public double ratio() {
    return compressed == 0 ? 0 : (double) compressedPlain / compressed;
  }

  /// restic's `compression_progress`: percent of the bytes that are in compressed blobs.
  public double progress() {
    return uncompressed == 0 ? 0 : 100.0 * compressedPlain / uncompressed;
  }

  /// restic's `compression_space_saving`: percent.
  public double saving() {
    return uncompressed == 0 ? 0 : 100.0 * (1 - (double) bytes / uncompressed);
  }
}
