#!/bin/sh
# Run it as: ./runlog exec --role importer -- sh examples/log-from-shell.sh
runlog=${RUNLOG:-$(dirname "$0")/../runlog}
"$runlog" log --type import.finished --payload '{"documents": 120, "language": "shell"}'
