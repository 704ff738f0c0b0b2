using NUnit.Framework;

// What runs beside others waits for a server, or for programs.
[assembly: LevelOfParallelism(4)]
