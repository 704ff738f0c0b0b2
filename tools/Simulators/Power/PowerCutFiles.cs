using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Simulators
{
    /// <summary>Files of a unit whose power may go: what is on the medium stays, nothing is read or written without
    /// power.</summary>
    public sealed class PowerCutFiles : IFiles
    {
        private readonly IFiles _medium;
        private readonly PowerSupply _power;

        /// <summary>Makes files in memory with a power supply of their own.</summary>
        public PowerCutFiles()
            : this(new MemoryFiles(), new PowerSupply())
        {
        }

        /// <summary>Makes files.</summary>
        /// <param name="medium">What outlasts the power.</param>
        /// <param name="power">The unit's power.</param>
        public PowerCutFiles(IFiles medium, PowerSupply power)
        {
            _medium = medium;
            _power = power;
        }

        /// <summary>The unit's power.</summary>
        public PowerSupply Power => _power;

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            _power.Check();
            return _medium.Read(name, buffer);
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            return _power.Change(() => _medium.Write(name, buffer, length), () => _medium.Write(name, buffer, length / 2));
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            return _power.Change(() => _medium.Delete(name), () => { });
        }

        /// <inheritdoc/>
        public bool Rename(string from, string to)
        {
            return _power.Change(() => _medium.Rename(from, to), () => { });
        }
    }
}
