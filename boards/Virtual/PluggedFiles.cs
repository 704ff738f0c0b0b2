using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>Files of a unit whose plug may be pulled: what is in them stays as it was then.</summary>
    /// <param name="medium">What outlasts the unit's power.</param>
    /// <param name="plug">The unit's power.</param>
    internal sealed class PluggedFiles(IFiles medium, Plug plug) : IFiles
    {
        public int Read(string name, byte[] buffer) => plug.IsPulled ? -1 : medium.Read(name, buffer);

        public bool Write(string name, byte[] buffer, int length) => !plug.IsPulled && medium.Write(name, buffer, length);

        public bool Delete(string name) => !plug.IsPulled && medium.Delete(name);

        public bool Rename(string from, string to) => !plug.IsPulled && medium.Rename(from, to);
    }
}
