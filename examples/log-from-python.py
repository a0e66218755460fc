# Run it as: ./runlog exec --role importer -- python3 examples/log-from-python.py
import json, os, pathlib, subprocess
runlog = os.environ.get("RUNLOG", pathlib.Path(__file__).resolve().parent.parent / "runlog")
subprocess.run([runlog, "log", "--type", "import.finished", "--payload", json.dumps({"documents": 120})], check=True)
