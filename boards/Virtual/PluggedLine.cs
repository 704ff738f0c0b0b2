using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>The line of a unit whose plug may be pulled: from then on nothing is sent, and nothing arrives.</summary>
    /// <param name="line">The line, which outlasts the unit's power.</param>
    /// <param name="plug">The unit's power.</param>
    internal sealed class PluggedLine(ISerialLine line, Plug plug) : ISerialLine
    {
        public int BaudRate => line.BaudRate;

        public void Notify(ISignal received) => line.Notify(received);

        public int Read(byte[] buffer, int offset, int count) => plug.IsPulled ? 0 : line.Read(buffer, offset, count);

        public bool Write(byte[] buffer, int offset, int count) => !plug.IsPulled && line.Write(buffer, offset, count);

        public void DiscardInput() => line.DiscardInput();
    }
}
