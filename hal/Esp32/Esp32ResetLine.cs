using System.Device.Gpio;

namespace NanoComm.Hal.Esp32
{
    /// <summary>A reset input on a pin, held by a low level; held at first.</summary>
    public sealed class Esp32ResetLine : IResetLine
    {
        private readonly GpioPin _pin;

        /// <summary>Takes the pin.</summary>
        /// <param name="gpio">The board's pins.</param>
        /// <param name="pin">GPIO number.</param>
        public Esp32ResetLine(GpioController gpio, int pin)
        {
            _pin = gpio.OpenPin(pin, PinMode.Output);
            Set(true);
        }

        /// <inheritdoc/>
        public void Set(bool held)
        {
            _pin.Write(held ? PinValue.Low : PinValue.High);
        }
    }
}
