# Sentences that a run stores.

part-comma = ,{" "}
