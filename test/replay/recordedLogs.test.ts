import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { loadRecordedLogs } from "./recordedLogs.ts";

const HEADER = "block_number,block_timestamp,transaction_hash,transaction_index,log_index,topics,data\n";
const HASH = "0x2c21608a118100f3de0b629d24d711554f54865c0a9115e2f4d8153281fd9179";
const SWAP = "0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67";
const SENDER = "0x0000000000000000000000003fc91a3afd70395cd496c647d5a6cc9d4b2b7fad";
const ADDRESS = "0x8ad599c3a0ff1de082011efddc58f1908eb6e6d8";

function recording(rows: string): string {
  const directory = mkdtempSync(join(tmpdir(), "recorded-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, "pool.logs.csv.gz");
  writeFileSync(path, gzipSync(HEADER + rows));
  return path;
}

test("reads raw logs as they were recorded", () => {
  const rows = `18937547,2024-01-05 00:33:23,${HASH},86,204,"['${SWAP}', '${SENDER}']",0xff01\n18937548,2024-01-05 00:33:35,${HASH},2,7,['${SWAP}'],0x\n`;
  expect(loadRecordedLogs(recording(rows), ADDRESS)).toEqual([
    {
      blockNumber: 18937547,
      timestamp: 1704414803,
      transactionHash: HASH,
      transactionIndex: 86,
      logIndex: 204,
      address: ADDRESS,
      topics: [SWAP, SENDER],
      data: "0xff01",
    },
    {
      blockNumber: 18937548,
      timestamp: 1704414815,
      transactionHash: HASH,
      transactionIndex: 2,
      logIndex: 7,
      address: ADDRESS,
      topics: [SWAP],
      data: "0x",
    },
  ]);
});

test("names the line that it cannot read", () => {
  expect(() => loadRecordedLogs(recording("18937547,yesterday\n"), ADDRESS)).toThrow(
    "Line 2 is not a recorded log",
  );
});
