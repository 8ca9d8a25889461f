import fc from "fast-check";

/**
 * Properties are tried on the same values every time, so that a change alone turns them red and never chance.
 * `BALLAST_TEST_PROPERTIES`: another seed, to look for what these values do not find.
 */
fc.configureGlobal({ seed: Number(process.env.BALLAST_TEST_PROPERTIES ?? 1) });
