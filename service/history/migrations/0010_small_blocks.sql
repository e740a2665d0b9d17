-- Whoever reads in order holds an uncompressed block of each column of each part: a megabyte each was most of the memory.
ALTER TABLE {database}.messages {onCluster} MODIFY SETTING min_compress_block_size = 16384, max_compress_block_size = 65536;
