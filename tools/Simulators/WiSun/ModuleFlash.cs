namespace NanoComm.Simulators.WiSun
{
    /// <summary>What a module keeps without power.</summary>
    internal sealed class ModuleFlash
    {
        /// <summary>WOPT: 00 binary ERXUDP, 01 hexadecimal.</summary>
        public byte Option { get; set; }

        /// <summary>WUART.</summary>
        public byte Uart { get; set; }

        /// <summary>SKSAVE; null when there is nothing.</summary>
        public ModuleRegisters Saved { get; set; }
    }
}
