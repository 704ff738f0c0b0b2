using NUnit.Framework;

// Most of these tests wait for programs.
[assembly: LevelOfParallelism(4)]
