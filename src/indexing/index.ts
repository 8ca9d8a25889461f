// Each protocol's events, one line an event.
import "./register/algebraIntegral.ts";
import "./register/pancakeSwapV3.ts";
import "./register/uniswapV2.ts";
import "./register/uniswapV3.ts";
import "./register/uniswapV4.ts";
