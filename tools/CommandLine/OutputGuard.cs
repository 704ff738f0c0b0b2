using System;
using System.IO;
using System.Text;

namespace NanoComm.CommandLine
{
    /// <summary>An output that may take nothing more: a disk without room, a device that is gone.</summary>
    /// <param name="output">The output.</param>
    /// <param name="lost">Is told when it does not take a text, in the words of the operating system.</param>
    internal sealed class OutputGuard(TextWriter output, Action<string> lost) : TextWriter(output.FormatProvider)
    {
        public override Encoding Encoding => output.Encoding;

        public override void Write(char value) => Try(() => output.Write(value));

        public override void Write(char[] buffer, int index, int count) => Try(() => output.Write(buffer, index, count));

        public override void Write(string value) => Try(() => output.Write(value));

        public override void WriteLine(string value) => Try(() => output.WriteLine(value));

        public override void Flush() => Try(output.Flush);

        private void Try(Action write)
        {
            try
            {
                write();
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                lost(trouble.Message);
            }
        }
    }
}
