const SIGNATURE = "89504e470d0a1a0a";

/** The width and height of a PNG image; undefined for other files. */
export function pngSize(file: Buffer): [width: number, height: number] | undefined {
  // The signature, the length and name of the header chunk, then the width and the height, big-endian.
  const isPng =
    file.length >= 24 && file.toString("hex", 0, 8) === SIGNATURE && file.toString("latin1", 12, 16) === "IHDR";
  return isPng ? [file.readUInt32BE(16), file.readUInt32BE(20)] : undefined;
}
