// Replicates edits between two PouchDB databases in this process, as bench_pouch.py asks on standard input:
//     {"folder": where they lie, "lots": [[document, …], …], "rounds": [[document, …], …], "nothing": times}
// and answers with milliseconds: {"lots": [[writing, replicating], …], "rounds": […], "nothing": […]}.
// Each lot is replicated between two new databases; the rounds go from one to another that stay, one after the other.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const PouchDB = require('pouchdb');

const BATCH = 1000; // by default a hundred documents: more at once is faster

async function taken(act) {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function pair(folder, name) {
  return [new PouchDB(path.join(folder, name + '-here')), new PouchDB(path.join(folder, name + '-there'))];
}

async function written(database, documents) {
  for (const answer of await database.bulkDocs(documents)) {
    if (answer.error) {
      throw new Error('not written');
    }
  }
}

async function replicated(here, there, expected) {
  const result = await PouchDB.replicate(here, there, { batch_size: BATCH });
  if (!result.ok || result.docs_written !== expected) {
    throw new Error('not replicated');
  }
}

async function main() {
  const asked = JSON.parse(fs.readFileSync(0, 'utf8'));
  const found = { lots: [], rounds: [], nothing: [] };
  for (const [number, documents] of asked.lots.entries()) {
    const [here, there] = pair(asked.folder, 'lot' + number);
    const writing = await taken(() => written(here, documents));
    found.lots.push([writing, await taken(() => replicated(here, there, documents.length))]);
    await here.close();
    await there.close();
  }
  const [here, there] = pair(asked.folder, 'rounds');
  for (const documents of asked.rounds) {
    await written(here, documents);
    found.rounds.push(await taken(() => replicated(here, there, documents.length)));
  }
  for (let time = 0; time < asked.nothing; time += 1) {
    found.nothing.push(await taken(() => replicated(here, there, 0)));
  }
  await here.close();
  await there.close();
  process.stdout.write(JSON.stringify(found));
}

main().catch((error) => {
  process.stderr.write(String(error && error.stack) + '\n');
  process.exit(1);
});
