-- Takes back: Imported files and the features they kept out.

DROP TABLE rejected_features;
DROP TABLE imports;
