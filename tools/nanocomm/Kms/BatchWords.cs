using System.IO;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>What is told of a file of rows: a line each, as compilers write them, and no more than somebody reads.</summary>
    internal sealed class BatchWords
    {
        private const int Most = 50;

        private readonly string _path;
        private readonly TextWriter _output;

        /// <summary>Begins.</summary>
        /// <param name="path">The file that is spoken of.</param>
        /// <param name="output">Where it is told.</param>
        public BatchWords(string path, TextWriter output)
        {
            _path = path;
            _output = output;
        }

        /// <summary>How many there were.</summary>
        public int Count { get; private set; }

        /// <summary>Tells one.</summary>
        public void Tell(BatchError one)
        {
            if (Count++ < Most)
            {
                _output.WriteLine(one.Line == 0 ? $"{_path}: {one.Text}" : $"{_path}:{one.Line}: {one.Text}");
            }
        }

        /// <summary>Tells how many there were that were not shown.</summary>
        /// <param name="what">What they are.</param>
        public void End(string what)
        {
            if (Count > Most)
            {
                _output.WriteLine($"{_path}: {Count - Most:N0} {what}");
            }
        }
    }
}
