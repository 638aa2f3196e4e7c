/** The pipeline's way of writing, in Python and under flock alone: versions added to batches drawn by lot, and now and then a pointer moved. */

/** Arguments: the scenes folder, the batches with commas between them, seconds, a seed. Says "append BATCH VERSION" and "conform BATCH VERSION". */
export const pipeline = `
import fcntl, hashlib, json, os, random, re, sys, time
folder, batches, seconds, seed = sys.argv[1], sys.argv[2].split(","), float(sys.argv[3]), int(sys.argv[4])
lots = random.Random(seed)
def put(path, text):
    temp = os.path.join(os.path.dirname(path), ".%s.%d.py" % (os.path.basename(path), os.getpid()))
    with open(temp, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.rename(temp, path)
def text(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\\n"
end = time.monotonic() + seconds
while time.monotonic() < end:
    batch = lots.choice(batches)
    prefix = os.path.join(folder, "ep_001_" + batch)
    with open(prefix + ".versions.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open(prefix + ".versions.json", encoding="utf-8") as file:
            manifest = json.load(file)
        # Its own alone: to conform what another one has just conformed changes nothing, and is in no ledger.
        own = [entry for entry in manifest["versions"] if entry["kind"] == "pickup"]
        if own and lots.random() < 0.3:
            entry = lots.choice(own)
            manifest["active_version"], entry["state"] = entry["version"], "approved"
            done = "conform %s %d" % (batch, entry["version"])
        else:
            bodies = (re.fullmatch(r"ep_001_" + batch + r"\\.v(\\d+)\\.json", name) for name in os.listdir(folder))
            on_disk = [int(match.group(1)) for match in bodies if match]
            version = max([entry["version"] for entry in manifest["versions"]] + on_disk) + 1
            name = "ep_001_%s.v%03d.json" % (batch, version)
            assert not os.path.exists(os.path.join(folder, name)), name
            beats = [{"beat_id": "b", "shot": {"duration_s": version, "by": "pipeline"}}]
            # Of these few plain values the sorted compact form is the canonical one.
            plain = json.dumps({"beats": beats, "scene_id": batch}, sort_keys=True, separators=(",", ":"))
            fingerprint = "sf1:" + hashlib.sha256(plain.encode()).hexdigest()
            put(os.path.join(folder, name), text({"schema_version": 1, "scene_id": batch, "episode": 1, "title": "py", "beats": beats}))
            manifest["versions"].append({"version": version, "artifact": name, "state": "candidate", "downstream": "not_derived", "kind": "pickup", "source": "rederive", "parent_version": None, "structure_fingerprint": fingerprint, "shot_count": 1, "created_at": "2026-11-21T00:00:00.000Z"})
            done = "append %s %d" % (batch, version)
        put(prefix + ".versions.json", text(manifest))
        print(done)
`;
