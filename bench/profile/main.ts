import { readProfile } from "./cpuProfile.ts";

/** The functions that a .cpuprofile spends most in: `node bench/profile/main.ts FILE [how many]`. */
const [file, count = "30"] = process.argv.slice(2);
if (file === undefined) throw new Error("which .cpuprofile?");
const profile = await readProfile(file);
for (const [title, times] of Object.entries(profile)) {
  console.log(`\n${title}, seconds`);
  const most = [...times].sort(([, one], [, other]) => other - one).slice(0, Number(count));
  for (const [name, milliseconds] of most) console.log((milliseconds / 1_000).toFixed(2).padStart(8), name);
}
