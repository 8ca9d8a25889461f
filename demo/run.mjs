// Plain JavaScript, so that an older Node gets as far as the sentence below.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import("./main.ts");
} else {
  console.error(
    `Ballast needs Node 22.18 or newer and this is ${process.versions.node}: start the demo through npm (npm run demo), which brings Node 22 for Linux and macOS on x64 and arm64, or install Node 22.`,
  );
  process.exitCode = 1;
}
